package shop.checkout.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/**
 * Tomcat's own answer to what it refuses before any of our code sees it, such as a malformed request line. Tomcat makes it
 * by its class name.
 */
public final class ProblemReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < HttpStatus.BAD_REQUEST.value()
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding("utf-8");
            var reason = HttpStatus.resolve(status);
            response.getReporter()
                    .write("{\"status\":%d,\"title\":\"%s\",\"code\":\"%s\"}"
                            .formatted(
                                    status,
                                    reason == null ? "Error" : reason.getReasonPhrase(),
                                    ProblemHandler.code(HttpStatusCode.valueOf(status))));
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // the client is gone, and so is the need to answer
        }
    }
}
