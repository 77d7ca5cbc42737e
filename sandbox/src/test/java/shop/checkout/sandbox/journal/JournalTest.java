package shop.checkout.sandbox.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    void readsALineBackOnItsWayToTheDiskAndOnceItIsThere() throws Exception {
        var lines = List.of("one", "", "x".repeat(200_000), "y".repeat(1_023), "z".repeat(1_024));
        try (var journal = open(new ArrayList<>())) {
            var positions = new ArrayList<Long>();
            for (var line : lines) {
                positions.add(journal.append(line.getBytes(UTF_8)));
                assertThat(journal.read(positions.getLast())).asString(UTF_8).isEqualTo(line);
            }

            // the last batch stays in memory: push it out
            journal.awaitForced();
            journal.append("next".getBytes(UTF_8));
            journal.awaitForced();

            for (var n = 0; n < lines.size(); n++) {
                assertThat(journal.read(positions.get(n))).asString(UTF_8).isEqualTo(lines.get(n));
            }
        }
    }

    @Test
    void readsEveryLineBackWhileManyAreWritten() throws Exception {
        try (var journal = open(new ArrayList<>());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readBack = threads.invokeAll(IntStream.range(0, 2_000)
                    .<Callable<Boolean>>mapToObj(n -> () -> {
                        var line = ("line-" + n).getBytes(UTF_8);
                        var position = journal.append(line);
                        var before = Arrays.equals(journal.read(position), line);
                        journal.awaitForced();
                        return before && Arrays.equals(journal.read(position), line);
                    })
                    .toList());

            assertThat(readBack).extracting(Future::get).containsOnly(true);
        }
    }

    @Test
    void readsBackWhatAnEarlierRunWrote() throws Exception {
        Files.writeString(file(), "first\nsecond\nto");
        try (var journal = Journal.open(file())) {
            var readBack = new ArrayList<String>();

            journal.replay((_, position) -> readBack.add(readLine(journal, position)));
            readBack.add(readLine(journal, journal.append("third".getBytes(UTF_8))));
            readBack.add(readLine(journal, 0));

            assertThat(readBack).containsExactly("first", "second", "third", "first");
        }
    }

    @Test
    void saysThatALineIsNotThere() throws Exception {
        try (var journal = open(new ArrayList<>())) {
            journal.append("one".getBytes(UTF_8));

            assertThatIOException().isThrownBy(() -> journal.read(4)).withMessageContaining("no whole line at byte 4");
        }
    }

    @Test
    void writesNothingAfterItIsClosed() throws Exception {
        var journal = open(new ArrayList<>());
        journal.close();

        assertThatIllegalStateException().isThrownBy(() -> journal.append("late".getBytes(UTF_8)));
    }

    private Journal open(List<String> read) throws IOException {
        var journal = Journal.open(file());
        journal.replay((line, _) -> read.add(new String(line, UTF_8)));
        return journal;
    }

    private static String readLine(Journal journal, long position) {
        try {
            return new String(journal.read(position), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return folder.resolve("journal");
    }
}
