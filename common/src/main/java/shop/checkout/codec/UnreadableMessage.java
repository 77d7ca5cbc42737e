package shop.checkout.codec;

import org.jspecify.annotations.Nullable;

/** A message that this version of the service cannot read: unknown type, missing header or malformed content. */
public final class UnreadableMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableMessage(String message) {
        this(message, null);
    }

    public UnreadableMessage(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
