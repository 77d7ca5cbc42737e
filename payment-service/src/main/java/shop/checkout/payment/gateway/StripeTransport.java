package shop.checkout.payment.gateway;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries Stripe's requests by the JDK's HTTP client, which, unlike stripe-java's own way, keeps any number of connections
 * open and limits the time of the whole call. It also tells a stored error from a new one.
 */
final class StripeTransport extends com.stripe.net.HttpClient implements AutoCloseable {

    private static final int SERVER_ERROR = 500;

    private final HttpClient http;
    private final Duration limit;
    private final String clientUserAgent = buildXStripeClientUserAgentString();

    StripeTransport(Duration connectTimeout, Duration readTimeout) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        this.limit = connectTimeout.plus(readTimeout);
    }

    /**
     * @throws ApiConnectionException when there is no answer in time
     * @throws ReplayedFailure when the answer is the stored error of an earlier call with the same key
     */
    @Override
    public StripeResponse request(StripeRequest request) throws StripeException {
        var answer = send(request);
        var response = new StripeResponse(
                answer.statusCode(), HttpHeaders.of(answer.headers().map()), answer.body());
        boolean replayed = answer.headers()
                .firstValue("Idempotent-Replayed")
                .filter("true"::equals)
                .isPresent();
        if (replayed && response.code() >= SERVER_ERROR) {
            throw new ReplayedFailure(response.requestId(), response.code());
        }
        return response;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpResponse<String> send(StripeRequest request) throws ApiConnectionException {
        var sent = http.sendAsync(http(request), BodyHandlers.ofString());
        try {
            return sent.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new ApiConnectionException("no answer from " + request.url() + " within " + limit, e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("interrupted while calling " + request.url(), e);
        } catch (ExecutionException e) {
            throw new ApiConnectionException(request.url() + " cannot be reached: " + e.getCause(), e.getCause());
        }
    }

    private HttpRequest http(StripeRequest request) {
        var builder = HttpRequest.newBuilder(URI.create(request.url().toString()));
        request.headers().map().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        builder.setHeader("User-Agent", buildUserAgentString(request));
        builder.setHeader("X-Stripe-Client-User-Agent", clientUserAgent);
        var content = request.content();
        if (content == null) {
            return builder.method(request.method().name(), BodyPublishers.noBody())
                    .build();
        }
        return builder.setHeader("Content-Type", content.contentType())
                .method(request.method().name(), BodyPublishers.ofByteArray(content.byteArrayContent()))
                .build();
    }
}
