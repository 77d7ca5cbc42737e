package shop.checkout.sandbox.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void knowsItsLinesByTheByteOfTheFileTheyWillBeginAt() {
        var batch = new Batch(1_000);

        var one = batch.append("one".getBytes(UTF_8));
        var none = batch.append(new byte[0]);
        var three = batch.append("three".getBytes(UTF_8));

        assertThat(new long[] {one, none, three, batch.end()}).containsExactly(1_000, 1_004, 1_005, 1_011);
        assertThat(batch.line(one)).asString(UTF_8).isEqualTo("one");
        assertThat(batch.line(none)).isEmpty();
        assertThat(batch.line(three)).asString(UTF_8).isEqualTo("three");
        assertThat(batch.content().array()).asString(UTF_8).isEqualTo("one\n\nthree\n");
    }

    @Test
    void holdsNothingBeforeItsStartAndAfterItsEnd() {
        var batch = new Batch(1_000);
        batch.append("one".getBytes(UTF_8));

        assertThat(batch.holds(999)).isFalse();
        assertThat(batch.holds(1_000)).isTrue();
        assertThat(batch.holds(1_004)).isFalse();
    }
}
