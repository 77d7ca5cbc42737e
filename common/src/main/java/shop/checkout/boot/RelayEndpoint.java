package shop.checkout.boot;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import shop.checkout.relay.Relay;
import shop.checkout.relay.RelayStatus;

/** Shows operators how the outbox is published, and hands over to another replica when this one is to be maintained. */
@Endpoint(id = "relay")
final class RelayEndpoint {

    private final Relay relay;

    RelayEndpoint(Relay relay) {
        this.relay = relay;
    }

    @ReadOperation
    RelayStatus status() {
        return relay.status();
    }

    /** Returns at once; whether another replica took over is told by the status. */
    @DeleteOperation
    SteppedDown stepDown() {
        return new SteppedDown(relay.stepDown());
    }

    /** @param steppedDown false when this replica was not the one that publishes */
    record SteppedDown(boolean steppedDown) {}
}
