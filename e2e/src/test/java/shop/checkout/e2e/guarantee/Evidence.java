package shop.checkout.e2e.guarantee;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * All that a run has left behind, in terms that do not depend on how a service stores it. Every list is in the order in
 * which its rows were written.
 *
 * @param requests what clients asked for and were told
 * @param orders which saga each stored idempotency key belongs to
 * @param effects the services' append-only ledgers
 * @param holdings how each service's own rows about an order stand now
 * @param outside what payment provider and carrier did
 * @param pending what will be looked at again by itself: timers, intents, parked messages
 * @param audit what people have done
 */
public record Evidence(
        List<Request> requests,
        List<Order> orders,
        List<Saga> sagas,
        List<Stock> stock,
        List<Effect> effects,
        List<Holding> holdings,
        List<Outside> outside,
        List<Sent> outbox,
        List<Delivered> delivered,
        List<Pending> pending,
        List<Audited> audit) {

    public Evidence {
        requests = List.copyOf(requests);
        orders = List.copyOf(orders);
        sagas = List.copyOf(sagas);
        stock = List.copyOf(stock);
        effects = List.copyOf(effects);
        holdings = List.copyOf(holdings);
        outside = List.copyOf(outside);
        outbox = List.copyOf(outbox);
        delivered = List.copyOf(delivered);
        pending = List.copyOf(pending);
        audit = List.copyOf(audit);
    }

    /**
     * A checkout that a client asked for, perhaps several times with the same key.
     *
     * @param answers the ids it was told; empty when no answer ever arrived
     */
    public record Request(String key, Set<UUID> answers) {
        public Request {
            answers = Set.copyOf(answers);
        }
    }

    /** A stored idempotency key. */
    public record Order(String scope, String key, UUID saga) {}

    /**
     * A saga.
     *
     * @param total in minor units, once known
     * @param returns of a return: the order that it brings back
     * @param steps the phase of each step, in the order of the definition
     */
    public record Saga(
            UUID id,
            String status,
            Optional<Long> total,
            Optional<UUID> returns,
            Map<String, String> steps,
            List<History> history) {
        public Saga {
            history = List.copyOf(history);
        }

        boolean isOpen() {
            return !isCompleted() && !isRejected();
        }

        boolean isCompleted() {
            return status.equals("COMPLETED");
        }

        boolean isRejected() {
            return status.equals("REJECTED");
        }
    }

    /** One line of a saga's history. */
    public record History(long seq, String cause, String verdict, String status, List<Change> changes) {
        public History {
            changes = List.copyOf(changes);
        }

        boolean isFinal() {
            return status.equals("COMPLETED") || status.equals("REJECTED");
        }
    }

    /** A step that came into a phase, or was asked again in it. */
    public record Change(String step, String phase, int attempt, int send) {

        /** In its first attempt. */
        public Change(String step, String phase, int send) {
            this(step, phase, 1, send);
        }
    }

    /** An audit row: the line of the saga's history that it stands for. */
    public record Audited(UUID saga, long seq) {}

    /** How much there is of a product. */
    public record Stock(String sku, long initial, long restocked, long available, long reserved, long sold) {}

    /** The services that do something for an order. */
    public enum Service {
        INVENTORY,
        PAYMENT,
        SHIPPING
    }

    /** What a ledger row says was done. */
    public enum Deed {
        /** Reserved, captured, handed to the carrier. */
        DONE,
        /** Released, refunded, called back. */
        UNDONE,
        /** What was reserved has been sold. */
        SETTLED,
        /** What was sold is for sale again; what was paid for it is given back. */
        RETURNED
    }

    /**
     * A ledger row.
     *
     * @param saga whose message caused it
     * @param owner whose money, goods or parcel it is: the order's saga, also when a return has caused it; of a pick-up, the
     *     return's
     * @param message the name of the message that caused it, within its saga
     * @param item the SKU in inventory; empty elsewhere
     * @param amount pieces in inventory, minor units in payment, parcels in shipping
     */
    public record Effect(Service service, UUID saga, UUID owner, String message, String item, Deed deed, long amount) {

        /** What an order's own saga has caused. */
        public Effect(Service service, UUID saga, String message, String item, Deed deed, long amount) {
            this(service, saga, saga, message, item, deed, amount);
        }
    }

    /** How a service's row about an order can stand. */
    public enum Standing {
        /** Refused, or blocked by an undo that came first: there never was an effect. */
        NOTHING,
        /** The outside world has been or will be asked. */
        PENDING,
        /** Reserved, captured, on its way. */
        THERE,
        /** Sold. */
        SETTLED,
        /** Sold or paid, and brought back by a return. */
        RETURNED,
        /** Undone. */
        GONE
    }

    /**
     * A service's row about an order, or about what a return does for one.
     *
     * @param item the SKU in inventory; empty elsewhere
     */
    public record Holding(Service service, UUID saga, String item, Standing standing, long amount) {}

    /** What the payment provider and the carrier did for an order; pick-ups are a return's. */
    public record Outside(
            UUID saga,
            long captured,
            long refunded,
            int captures,
            int refunds,
            int shipments,
            int cancellations,
            int pickUps,
            int pickUpCancellations) {

        /** Without any pick-up. */
        public Outside(
                UUID saga, long captured, long refunded, int captures, int refunds, int shipments, int cancellations) {
            this(saga, captured, refunded, captures, refunds, shipments, cancellations, 0, 0);
        }
    }

    /** The message key: what duplicates are told by. */
    public record MessageKey(UUID saga, String name) {
        @Override
        public String toString() {
            return saga + "/" + name;
        }
    }

    /** A committed outbox row. */
    public record Sent(String source, String topic, MessageKey key, int send) {}

    /**
     * A Kafka record, in the order of its partition.
     *
     * @param recordKey what Kafka partitions by
     * @param cause the key of the message that led to it
     */
    public record Delivered(
            String source,
            String topic,
            int partition,
            long offset,
            String recordKey,
            MessageKey key,
            int send,
            long hlc,
            long fencingToken,
            Optional<MessageKey> cause) {}

    /** A timer, intent or parked message. */
    public record Pending(String what, UUID saga) {}
}
