package shop.checkout.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import shop.checkout.message.MessageKey;

class ImaginaryCounterpartTest {

    private static final MessageKey COMMAND = MessageKey.parse("019b76da-a800-7000-8000-000000000001/charge-payment");
    private static final MessageKey OTHER = MessageKey.parse("019b76da-a800-7000-8000-000000000002/charge-payment");

    private final ImaginaryCounterpart<String> provider = new ImaginaryCounterpart<>(
            "imaginary", method -> method.equals("declined") ? Optional.of("no money") : Optional.empty());

    @Test
    void doesTheSameForTheSameCommandHoweverOftenItIsAsked() {
        var done = provider.perform("card", COMMAND);

        assertThat(done).isInstanceOf(Outcome.Done.class);
        assertThat(provider.perform("card", COMMAND)).isEqualTo(done);
        assertThat(provider.find("card", COMMAND)).contains(done);
        assertThat(provider.perform("card", OTHER)).isNotEqualTo(done);
    }

    @Test
    void refusesWhatItIsToldToRefuse() {
        assertThat(provider.perform("declined", COMMAND)).isEqualTo(new Outcome.Refused("no money"));
        assertThat(provider.find("declined", COMMAND)).contains(new Outcome.Refused("no money"));
    }
}
