package shop.checkout.benchmark.load;

import java.nio.ByteBuffer;
import java.util.Optional;

/** What a load asks for, and what answers it is content with. Used by one thread. */
public interface Requests {
    /** The n-th request, from 0, as it goes over the wire; the same bytes however often it is asked for. */
    ByteBuffer request(long n);

    /** What is wrong with the answer to the n-th request: a kind of error, the same for all alike. Empty when it is as it should be. */
    Optional<String> complaint(long n, Answer answer);
}
