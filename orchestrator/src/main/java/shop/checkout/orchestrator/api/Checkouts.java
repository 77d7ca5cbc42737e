package shop.checkout.orchestrator.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import shop.checkout.codec.Codec;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.web.Cursor;
import shop.checkout.web.Page;
import shop.checkout.web.PageRequest;
import shop.checkout.web.ProblemException;

/** Shows checkouts as they were last committed. */
public final class Checkouts {

    /** Which checkouts to list. */
    public enum Filter {
        ALL,
        OPEN,
        RUNNING,
        COMPENSATING,
        NEEDS_ATTENTION,
        COMPLETED,
        REJECTED
    }

    private static final UUID LAST = new UUID(-1, -1);
    private static final Set<SagaStatus> OPEN =
            Set.of(SagaStatus.RUNNING, SagaStatus.COMPENSATING, SagaStatus.NEEDS_ATTENTION);

    private final CheckoutRows rows;
    private final Codec codec;

    Checkouts(CheckoutRows rows, Codec codec) {
        this.rows = rows;
        this.codec = codec;
    }

    public Optional<CheckoutView> find(SagaId id) {
        return rows.findById(id.value()).map(row -> row.view(codec));
    }

    /** Those that there are, in one round trip. */
    Map<SagaId, CheckoutView> find(Collection<SagaId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return rows.findByIdIn(ids.stream().map(SagaId::value).toList()).stream()
                .map(row -> row.view(codec))
                .collect(Collectors.toMap(CheckoutView::id, view -> view));
    }

    /** Newest first. */
    public Page<CheckoutView> list(Filter filter, PageRequest page) {
        var before = page.after().map(Cursor::uuid).orElse(LAST);
        var found = newest(filter, before, Limit.of(page.fetch()));
        return page.page(found, row -> Cursor.of(row.id()), row -> row.view(codec));
    }

    /** What to say when there is none of this id. */
    static ProblemException unknown(SagaId id) {
        return ProblemException.of(HttpStatus.NOT_FOUND, "unknown-checkout", "There is no checkout " + id + ".");
    }

    private List<CheckoutRow> newest(Filter filter, UUID before, Limit limit) {
        return switch (filter) {
            case ALL -> rows.newest(before, limit);
            case OPEN -> rows.newestOpen(OPEN, before, limit);
            case RUNNING -> rows.newestOpen(Set.of(SagaStatus.RUNNING), before, limit);
            case COMPENSATING -> rows.newestOpen(Set.of(SagaStatus.COMPENSATING), before, limit);
            case NEEDS_ATTENTION -> rows.newestOpen(Set.of(SagaStatus.NEEDS_ATTENTION), before, limit);
            case COMPLETED -> rows.newestCompleted(before, limit);
            case REJECTED -> rows.newestRejected(before, limit);
        };
    }
}
