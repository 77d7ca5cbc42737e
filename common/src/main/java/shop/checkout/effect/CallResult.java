package shop.checkout.effect;

import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import shop.checkout.intent.CounterpartInTrouble;
import shop.checkout.intent.OutcomeUnknown;

/** What came of one call to a counterpart, as operators count it. */
enum CallResult {

    /** It did what it was asked for, or found that it had done it. */
    DONE,
    REFUSED,
    /** A look-up found nothing. */
    NOTHING,
    /** It did not understand the request. */
    INVALID,
    /** It answered, and whether anything happened cannot be told: the key is in use or spent, or it is still at it. */
    UNKNOWN,
    /** It could not be reached, or failed. */
    TROUBLE,
    /** It did not answer in time, which is trouble, too. */
    TIMEOUT,
    /** Whatever else went wrong, as an answer that is not what it should be. */
    FAULT;

    static CallResult of(Outcome.Definite outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> DONE;
            case Outcome.Refused _ -> REFUSED;
        };
    }

    static CallResult of(Exception failure) {
        return switch (failure) {
            case CounterpartInTrouble trouble when isTimeout(trouble) -> TIMEOUT;
            case CounterpartInTrouble _ -> TROUBLE;
            case OutcomeUnknown _ -> UNKNOWN;
            case InvalidRequest _ -> INVALID;
            default -> FAULT;
        };
    }

    private static boolean isTimeout(Throwable trouble) {
        return Stream.iterate(trouble, it -> it != null, Throwable::getCause)
                .limit(100)
                .anyMatch(it -> it instanceof TimeoutException
                        || it instanceof HttpTimeoutException
                        || it instanceof InterruptedIOException);
    }
}
