package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingStackTest {
    private final List<String> happened = new ArrayList<>();
    private final ClosingStack stack = new ClosingStack(happened::add);

    @Test
    void stopsInReverseOrderAndOnce() {
        stack.push(() -> happened.add("database"));
        stack.push(() -> happened.add("service"));

        stack.close();
        stack.close();

        assertThat(happened).containsExactly("service", "database");
    }

    @Test
    void stopsTheOthersWhenOneFails() {
        stack.push(() -> happened.add("database"));
        stack.push(() -> {
            throw new LauncherException("service hangs");
        });

        stack.close();

        assertThat(happened).containsExactly("service hangs", "database");
    }

    @Test
    void stopsWhatComesTooLate() {
        stack.close();

        assertThatThrownBy(() -> stack.push(() -> happened.add("late"))).isInstanceOf(LauncherException.class);
        assertThat(happened).containsExactly("late");
    }
}
