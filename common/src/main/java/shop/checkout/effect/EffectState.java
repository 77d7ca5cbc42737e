package shop.checkout.effect;

/** The names by which {@link EffectTable} stores an {@link Effect}. */
public enum EffectState {
    PENDING,
    DONE,
    REFUSED,
    UNDOING,
    REVERSED,
    VOIDED,
    BLOCKED;

    static EffectState of(Effect effect) {
        return switch (effect) {
            case Effect.Pending _ -> PENDING;
            case Effect.Done _ -> DONE;
            case Effect.Refused _ -> REFUSED;
            case Effect.Undoing _ -> UNDOING;
            case Effect.Reversed _ -> REVERSED;
            case Effect.Voided _ -> VOIDED;
            case Effect.Blocked _ -> BLOCKED;
        };
    }
}
