package shop.checkout.launcher;

/** Why the launcher cannot go on, as a sentence for the person in front of it; printed without a stack trace. */
final class LauncherException extends RuntimeException {
    LauncherException(String sentence) {
        super(sentence);
    }

    LauncherException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
