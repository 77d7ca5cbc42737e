package shop.checkout.web;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private record Toy(String name, int age, Maker maker, List<Part> parts) {}

    private record Maker(String city) {}

    private record Part(int count) {}

    private static final String GOOD =
            "{\"name\":\"Bär\",\"age\":3,\"maker\":{\"city\":\"Ulm\"},\"parts\":[{\"count\":1},{\"count\":2}]}";

    @Test
    void readsWhatIsExactlyRight() {
        assertThat(read(GOOD)).isEqualTo(new Toy("Bär", 3, new Maker("Ulm"), List.of(new Part(1), new Part(2))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "age":3           | "age":"3"            | /age           | must be an integer from 0 to 99
            "age":3           | "age":3.0            | /age           | must be an integer from 0 to 99
            "age":3           | "age":3e0            | /age           | must be an integer from 0 to 99
            "age":3           | "age":100            | /age           | must be an integer from 0 to 99
            "age":3           | "age":4294967299     | /age           | must be an integer from 0 to 99
            "age":3           | "age":99999999999999999999999 | /age  | must be an integer from 0 to 99
            "age":3           | "age":null           | /age           | is required
            "age":3           | "age":true           | /age           | must be an integer from 0 to 99
            "age":3,          |                      | /age           | is required
            "name":"Bär"      | "name":5             | /name          | must be a string
            "name":"Bär"      | "name":" "           | /name          | must be a text of 1 to 9 characters
            "name":"Bär"      | "name":"1234567890"  | /name          | must be a text of 1 to 9 characters
            "name":"Bär"      | "name":"a\\u0000b"   | /name          | must not contain control characters or halves of characters
            "name":"Bär"      | "name":"a\\ud800b"   | /name          | must not contain control characters or halves of characters
            "name":"Bär"      | "name":"a\\u2028b"   | /name          | must not contain control characters or halves of characters
            {"city":"Ulm"}    | []                   | /maker         | must be an object
            {"city":"Ulm"}    | {}                   | /maker/city    | is required
            "city":"Ulm"      | "city":"ulm"         | /maker/city    | must be a town
            [{"count":1},{"count":2}] | []           | /parts         | must be a list of 1 to 3 objects
            [{"count":1},{"count":2}] | {}           | /parts         | must be a list of 1 to 3 objects
            [{"count":1},{"count":2}] | [1]          | /parts/0       | must be an object
            {"count":2}       | {"count":0}          | /parts/1/count | must be an integer from 1 to 5
            {"count":2}       | null                 | /parts/1       | must be an object
            {"count":2}       | {"count":2,"x":1}    | /parts/1/x     | is not a field that is known here
            {"count":2}       | {"count":2,"a/b~":1} | /parts/1/a~1b~0 | is not a field that is known here
            """)
    void pointsAtWhatIsWrong(String part, String replacement, String pointer, String detail) {
        var text = GOOD.replace(part, Objects.requireNonNullElse(replacement, ""));

        assertThat(errors(text)).containsExactly(new InvalidField(pointer, detail));
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        assertThat(errors("{\"age\":-1,\"parts\":[{\"count\":9}],\"colour\":\"red\"}"))
                .extracting(InvalidField::pointer)
                .containsExactly("/age", "/colour", "/maker", "/name", "/parts/0/count");
    }

    @Test
    void countsCharactersAsPeopleDo() {
        assertThat(read(GOOD.replace("Bär", "🧸🧸🧸🧸🧸🧸🧸🧸🧸")).name()).hasSize(18);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"name\":}",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{} {}",
                "{} x",
                "{'name':'a'}",
                "{name:\"a\"}",
                "{\"age\":01}",
                "{\"age\":NaN}",
                "{\"age\":+1}",
                "/**/{}",
                "{\"a\":1,}",
                "\u0000",
                "{\"name\":\"a\nb\"}"
            })
    void refusesWhatIsNotJson(String text) {
        assertThat(problem(text.getBytes(UTF_8)).getBody().getProperties()).containsEntry("code", "malformed-json");
    }

    @Test
    void refusesAbsurdDepthAndNumbersWithoutWork() {
        assertThat(List.of(
                        "[".repeat(30_000),
                        "{\"age\":" + "9".repeat(60_000) + "}",
                        "{\"" + "n".repeat(5_000) + "\":1}"))
                .allSatisfy(text -> assertThat(
                                problem(text.getBytes(UTF_8)).getBody().getProperties())
                        .containsEntry("code", "malformed-json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "\"text\"", "true"})
    void refusesWhatIsNoObject(String text) {
        assertThat(errors(text)).containsExactly(new InvalidField("", "must be an object"));
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        assertThat(problem(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})
                        .getBody()
                        .getProperties())
                .containsEntry("code", "malformed-json");
        assertThat(problem(GOOD.getBytes(UTF_16)).getBody().getProperties()).containsEntry("code", "malformed-json");
    }

    private static Toy read(String text) {
        return StrictJson.read(text.getBytes(UTF_8), StrictJsonTest::toy);
    }

    private static Toy toy(JsonInput input) {
        return new Toy(
                input.text("name", JsonText.upTo(9)),
                input.integer("age", 0, 99),
                input.object("maker", it -> new Maker(it.text("city", JsonText.matching("[A-Z][a-z]+", 9, "a town")))),
                input.objects("parts", 1, 3, it -> new Part(it.integer("count", 1, 5))));
    }

    private static ProblemException problem(byte[] body) {
        return Objects.requireNonNull(
                catchThrowableOfType(ProblemException.class, () -> StrictJson.read(body, StrictJsonTest::toy)));
    }

    @SuppressWarnings("unchecked")
    private static List<InvalidField> errors(String text) {
        var properties =
                Objects.requireNonNull(problem(text.getBytes(UTF_8)).getBody().getProperties());
        return (List<InvalidField>) Objects.requireNonNull(properties.get("errors"));
    }
}
