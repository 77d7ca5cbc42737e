package shop.checkout.orchestrator.api;

import jakarta.persistence.Column;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import shop.checkout.codec.Codec;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.engine.StoredSteps;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.orchestrator.saga.StepState;

/** A saga as the engine stores it, to look at: only the engine writes that table. */
@MappedSuperclass
abstract class SagaRow {

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
    protected SagaRow() {}

    UUID id() {
        return id;
    }

    SagaId sagaId() {
        return new SagaId(id);
    }

    SagaStatus status() {
        return status;
    }

    @Nullable
    String reason() {
        return reason;
    }

    <T> T data(Class<T> type, Codec codec) {
        return codec.read(type, data);
    }

    List<StepState> steps(Codec codec) {
        return StoredSteps.read(steps, codec);
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    long revision() {
        return revision;
    }
}
