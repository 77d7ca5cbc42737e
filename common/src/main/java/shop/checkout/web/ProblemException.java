package shop.checkout.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Ends a request with a problem (RFC 9457) that has a stable {@code code} for programs and a sentence for people. */
public final class ProblemException extends ErrorResponseException {

    private ProblemException(HttpStatusCode status, ProblemDetail problem) {
        super(status, problem, null);
    }

    /** @param code kebab-case; part of the API, so it never changes its meaning */
    public static ProblemException of(HttpStatusCode status, String code, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        return new ProblemException(status, problem);
    }

    public ProblemException withErrors(List<InvalidField> errors) {
        getBody().setProperty("errors", List.copyOf(errors));
        return this;
    }

    /** What the problem is about, if that is not the requested resource. */
    public ProblemException about(URI instance) {
        getBody().setInstance(instance);
        return this;
    }

    /** When it may be worth while to ask again. */
    public ProblemException retryAfter(Duration pause) {
        getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, pause.toSeconds())));
        return this;
    }
}
