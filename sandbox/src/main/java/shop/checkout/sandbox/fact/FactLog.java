package shop.checkout.sandbox.fact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import shop.checkout.sandbox.journal.Journal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All facts in the order they happened, as JSON lines in a file. They are kept there and not in memory, which has their
 * positions only, and read back when they are asked for; see {@link FactIndex}.
 */
public final class FactLog implements AutoCloseable {

    /** Takes note of facts, so that they can be found again. */
    @FunctionalInterface
    public interface Memory {
        /**
         * Called once for every fact, those of earlier runs first.
         *
         * @param position what {@link FactLog#read} finds the fact by
         * @throws IllegalArgumentException if it cannot have happened after what happened before
         */
        void remember(Fact fact, long position);
    }

    private static final String FILE = "journal.jsonl";
    private static final JsonMapper JSON = JsonMapper.builder()
            // false and 0 are left out
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            // milliseconds: a formatted time costs as much as the rest of a line
            .enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
            .disable(DateTimeFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
            .build();
    private static final ObjectReader READER = JSON.readerFor(Fact.class);
    private static final ObjectWriter WRITER = JSON.writerFor(Fact.class);

    private final Journal journal;
    private Memory memory = (fact, _) -> {
        throw new IllegalStateException("replay the log before anything is recorded: " + fact);
    };

    private FactLog(Journal journal) {
        this.journal = journal;
    }

    /**
     * Opens the log in a folder; {@link #replay} comes next.
     *
     * @throws IOException if the folder cannot be used or is in use by another process
     */
    public static FactLog open(Path folder) throws IOException {
        return new FactLog(Journal.open(folder.resolve(FILE)));
    }

    /**
     * Tells the memory what happened before, in order, then lets facts be recorded, which it is told of as well.
     *
     * @throws IOException if the log is damaged
     */
    public void replay(Memory memory) throws IOException {
        this.memory = memory;
        try {
            journal.replay((line, position) -> memory.remember(parse(line), position));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Adds a fact and tells the memory of it. Facts that depend on each other are added in their order by holding a
     * lock of one's own; nobody else may be told of a fact before {@link #awaitForced()}.
     */
    public void record(Fact fact) {
        memory.remember(fact, journal.append(WRITER.writeValueAsBytes(fact)));
    }

    /**
     * The fact at a position, as soon as it was recorded.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    Fact read(long position) {
        try {
            return parse(journal.read(position));
        } catch (IOException e) {
            throw new UncheckedIOException("a fact cannot be read back: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the journal was changed at byte " + position + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns when every fact recorded so far has reached the disk.
     *
     * @throws IOException if the disk refuses
     */
    public void awaitForced() throws IOException {
        journal.awaitForced();
    }

    /** Whether the disk has refused a fact, after which nothing can be promised any more. */
    public boolean isBroken() {
        return journal.isBroken();
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }

    private static Fact parse(byte[] line) {
        try {
            return READER.readValue(line);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no fact: " + e.getOriginalMessage(), e);
        }
    }
}
