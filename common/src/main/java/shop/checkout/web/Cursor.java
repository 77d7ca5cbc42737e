package shop.checkout.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.springframework.http.HttpStatus;

/**
 * Where a page of a list ended: the key of its last row, opaque to clients. As it names a key and no row number, rows that come or
 * go meanwhile neither hide nor repeat others.
 */
public record Cursor(String key) {

    private static final int CHECK_BYTES = 4;
    private static final int MAX_LENGTH = 400;

    public static Cursor of(UUID key) {
        return new Cursor(key.toString());
    }

    /** @throws ProblemException 400 when this is no cursor that we handed out */
    public static Cursor parse(String text) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text.length() > MAX_LENGTH ? "" : text);
            var key = Arrays.copyOfRange(bytes, CHECK_BYTES, bytes.length);
            if (ByteBuffer.wrap(bytes).getInt() == check(key)) {
                return new Cursor(new String(key, StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | java.nio.BufferUnderflowException e) {
            // falls through: told below
        }
        throw malformed();
    }

    /** @throws ProblemException 400 when this is the cursor of another list */
    public UUID uuid() {
        return read(UUID::fromString);
    }

    /**
     * The key as what it is, read by a function that refuses another list's by an {@link IllegalArgumentException}.
     *
     * @throws ProblemException 400 when this is the cursor of another list
     */
    public <K> K read(Function<String, K> reader) {
        try {
            return reader.apply(key);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    /** What clients get to see, and send back as it is. */
    public String text() {
        var bytes = key.getBytes(StandardCharsets.UTF_8);
        var all = ByteBuffer.allocate(CHECK_BYTES + bytes.length)
                .putInt(check(bytes))
                .put(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all.array());
    }

    /** Tells a damaged or made-up cursor from ours; not a secret. */
    private static int check(byte[] key) {
        var crc = new CRC32();
        crc.update(key);
        return (int) crc.getValue();
    }

    private static ProblemException malformed() {
        return ProblemException.of(
                HttpStatus.BAD_REQUEST,
                "invalid-cursor",
                "The cursor must be a 'next' of this list, sent back unchanged; start without one.");
    }
}
