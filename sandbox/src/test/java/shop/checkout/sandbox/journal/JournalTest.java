package shop.checkout.sandbox.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    Path folder;

    @Test
    void hasALineInTheFileWhenTheWaitIsOver() throws Exception {
        try (var journal = open(new ArrayList<>())) {
            journal.append("one".getBytes(UTF_8));
            journal.append("two".getBytes(UTF_8));

            journal.awaitForced();

            assertThat(Files.readAllLines(file())).containsExactly("one", "two");
        }
    }

    @Test
    void keepsEveryLineOfManyWriters() throws Exception {
        var written = IntStream.range(0, 2_000).mapToObj(n -> "line-" + n).toList();
        try (var journal = open(new ArrayList<>());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var line : written) {
                threads.submit(() -> {
                    journal.append(line.getBytes(UTF_8));
                    journal.awaitForced();
                    return line;
                });
            }
        }

        var read = new ArrayList<String>();
        open(read).close();
        assertThat(read).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void cutsOffWhatIsNoWholeLineWhereverTheCrashHit() throws Exception {
        var whole = "first\nsecond\nthird\n";
        for (var length = 0; length <= whole.length(); length++) {
            Files.writeString(file(), whole.substring(0, length));
            var read = new ArrayList<String>();

            try (var journal = open(read)) {
                journal.append("next".getBytes(UTF_8));
            }

            var survivors = whole.substring(0, whole.lastIndexOf('\n', length - 1) + 1);
            assertThat(read).isEqualTo(survivors.lines().toList());
            assertThat(Files.readString(file())).isEqualTo(survivors + "next\n");
        }
    }

    @Test
    void readsLinesLongerThanItsBuffer() throws Exception {
        var line = "x".repeat(200_000);
        try (var journal = open(new ArrayList<>())) {
            journal.append(line.getBytes(UTF_8));
        }
        var read = new ArrayList<String>();

        open(read).close();

        assertThat(read).containsExactly(line);
    }

    @Test
    void writesNothingAfterItIsClosed() throws Exception {
        var journal = open(new ArrayList<>());
        journal.close();

        assertThatIllegalStateException().isThrownBy(() -> journal.append("late".getBytes(UTF_8)));
    }

    private Journal open(List<String> read) throws IOException {
        var journal = Journal.open(file());
        journal.replay(line -> read.add(new String(line, UTF_8)));
        return journal;
    }

    private Path file() {
        return folder.resolve("journal");
    }
}
