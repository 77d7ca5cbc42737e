package shop.checkout.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void haveDefaults() {
        assertThat(Options.parse(List.of("")))
                .isEqualTo(new Options(
                        Profile.SATURATION,
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(4),
                        "-XX:TieredStopAtLevel=4",
                        Map.of(),
                        Gateways.SANDBOX,
                        false,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void areReadFromOneArgumentOrSeveral() {
        assertThat(Options.parse(List.of(
                        "--profile=latency --seconds=5 --warm-up=0 --jvm= --gateways=in-process --threads",
                        "--properties=\"a.b=1  c.d=x=y\" --home=/shop --data=\"/my data\"")))
                .isEqualTo(new Options(
                        Profile.LATENCY,
                        Duration.ofSeconds(5),
                        Duration.ZERO,
                        "",
                        Map.of("a.b", "1", "c.d", "x=y"),
                        Gateways.IN_PROCESS,
                        true,
                        Optional.of(Path.of("/shop")),
                        Optional.of(Path.of("/my data"))));
    }

    @Test
    void tellTheServicesWhoStandsForTheOutside() {
        assertThat(Options.parse(List.of("--properties=a.b=1 --gateways=in-process"))
                        .settings())
                .isEqualTo(Map.of("a.b", "1", "checkout.gateway", "in-process"));
        assertThat(Options.parse(List.of("--properties=a.b=1")).settings()).isEqualTo(Map.of("a.b", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--profil=latency",
                "latency",
                "--profile=fast",
                "--profile",
                "--seconds=-1",
                "--seconds=soon",
                "--properties=a",
                "--gateways=none",
                "--threads=no"
            })
    void areRefusedWithAnExplanation(String wrong) {
        assertThatThrownBy(() -> Options.parse(List.of(wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(wrong.replaceFirst("=.*", ""))
                .hasMessageContaining("usage:");
    }
}
