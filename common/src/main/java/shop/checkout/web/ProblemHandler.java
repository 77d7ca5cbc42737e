package shop.checkout.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import shop.checkout.jdbc.DatabaseTrouble;

/**
 * Turns every failure of a request into problem+json with {@code code} and {@code traceId}. What we did not foresee is a 500
 * that tells the client nothing but its trace id, under which the log has the rest.
 */
@RestControllerAdvice
public final class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
    private static final Duration DATABASE_PAUSE = Duration.ofSeconds(1);

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unforeseen(Exception failure, WebRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            return null; // nobody is left to hear of it
        }
        if (DatabaseTrouble.causes(failure)) {
            log.warn("{}: the database is in trouble: {}", described(request), failure.toString());
            var problem = ProblemException.of(
                            HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "The database does not answer right now.")
                    .retryAfter(DATABASE_PAUSE);
            return handleExceptionInternal(
                    failure, problem.getBody(), problem.getHeaders(), problem.getStatusCode(), request);
        }
        log.error("{} failed", described(request), failure);
        var problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here. Please quote the traceId.");
        return handleExceptionInternal(failure, problem, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, request);
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var problem = body instanceof ProblemDetail given ? given : ProblemDetail.forStatus(status);
        complete(problem, status, request);
        var answer = new HttpHeaders(headers);
        answer.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(problem, answer, status);
    }

    private static void complete(ProblemDetail problem, HttpStatusCode status, WebRequest request) {
        var given = problem.getProperties();
        if (given == null || !given.containsKey("code")) {
            problem.setProperty("code", code(status));
        }
        if (request instanceof ServletWebRequest servlet) {
            problem.setProperty("traceId", TraceId.of(servlet.getRequest()));
        }
    }

    /** For problems that have no code of their own. */
    static String code(HttpStatusCode status) {
        var known = HttpStatus.resolve(status.value());
        return known == null || known == HttpStatus.INTERNAL_SERVER_ERROR
                ? "internal-error"
                : known.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String described(WebRequest request) {
        if (request instanceof ServletWebRequest servlet) {
            HttpServletRequest http = servlet.getRequest();
            return http.getMethod() + " " + http.getRequestURI() + " [" + TraceId.of(http) + "]";
        }
        return request.getDescription(false);
    }
}
