package shop.checkout.orchestrator.api;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.SQLRestriction;
import org.jspecify.annotations.Nullable;
import shop.checkout.codec.Codec;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.checkout.Checkout;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.orchestrator.saga.StepState;

/** A checkout's saga as the engine stores it, to look at: only the engine writes that table. */
@Entity
@Immutable
@Table(name = "saga")
@SQLRestriction("definition = 'checkout'")
class CheckoutRow {

    @Id
    private UUID id;

    @Enumerated(EnumType.STRING)
    private SagaStatus status;

    private @Nullable String reason;

    @Column(columnDefinition = "jsonb")
    private String data;

    private String steps;

    private long revision;

    @Column(name = "wake_at")
    private @Nullable Instant wakeAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** Hibernate fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected CheckoutRow() {}

    UUID id() {
        return id;
    }

    CheckoutView view(Codec codec) {
        return CheckoutView.of(
                new SagaId(id),
                status,
                reason,
                codec.read(Checkout.class, data),
                List.of(codec.read(StepState[].class, steps)),
                createdAt,
                updatedAt,
                revision);
    }
}
