package shop.checkout.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxOptionsTest {

    @Test
    void listensOnLoopbackUnlessToldOtherwise() {
        assertThat(SandboxOptions.parse("--data=folder"))
                .isEqualTo(new SandboxOptions("127.0.0.1", 8084, Path.of("folder")));
        assertThat(SandboxOptions.parse("--port=0", "--data=folder", "--address=0.0.0.0"))
                .isEqualTo(new SandboxOptions("0.0.0.0", 0, Path.of("folder")));
    }

    @ParameterizedTest
    @CsvSource({
        "--port=1, --data=DIR is missing",
        "--data, cannot read",
        "--data=, cannot read",
        "--colour=red, cannot read",
        "--port=65536, from 0 to 65535",
        "--port=-1, from 0 to 65535",
        "--port=99999999999, from 0 to 65535"
    })
    void saysWhatIsWrong(String argument, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SandboxOptions.parse(argument))
                .withMessageContaining(complaint);
    }

    @Test
    void refusesToGuessBetweenTwoValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SandboxOptions.parse("--data=a", "--data=b"))
                .withMessageContaining("--data is given twice");
    }
}
