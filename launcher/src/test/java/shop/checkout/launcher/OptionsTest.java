package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void haveDefaults() {
        assertThat(Options.parse(List.of("")))
                .isEqualTo(
                        new Options(8080, Path.of("data"), false, OptionalInt.empty(), List.of(), true, false, false));
    }

    @Test
    void areReadFromOneArgumentOrSeveral() {
        assertThat(Options.parse(List.of(
                        "--stop-with-parent", " --port=9080  --data=/tmp/shop --fresh --no-start-cache --traffic=20 ")))
                .isEqualTo(new Options(
                        9080, Path.of("/tmp/shop"), true, OptionalInt.of(20), List.of(), false, true, false));
    }

    @Test
    void mayHaveBlanksInQuotes() {
        assertThat(Options.parse(List.of("--data=\"my shop\" --fresh")).data()).isEqualTo(Path.of("my shop"));
    }

    @Test
    void mayHoldFlagsOfTheJvm() {
        assertThat(Options.parse(List.of("--fresh --jvm=\"-XX:TieredStopAtLevel=4  -Xmx1g\""))
                        .jvm())
                .containsExactly("-XX:TieredStopAtLevel=4", "-Xmx1g");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--prot=8080",
                "8080",
                "--port",
                "--port=",
                "--port=http",
                "--port=0",
                "--port=65530",
                "--traffic=0",
                "--traffic=-5",
                "--traffic=1e3",
                "--data=",
                "--jvm=",
                "--fresh=yes",
                "--help=me"
            })
    void areRefusedWithAnExplanation(String wrong) {
        assertThatThrownBy(() -> Options.parse(List.of(wrong)))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining(wrong.replaceFirst("=.*", ""))
                .hasMessageContaining("usage:");
    }
}
