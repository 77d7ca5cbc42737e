package shop.checkout.shipping.pickup;

import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.UUID;

/** The command to have goods fetched: of a return, and which of its attempts. */
@Embeddable
record PickUpId(UUID sagaId, String command) implements Serializable {}
