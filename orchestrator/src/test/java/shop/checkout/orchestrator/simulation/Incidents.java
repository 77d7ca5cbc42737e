package shop.checkout.orchestrator.simulation;

import java.util.List;

/** What befalls services from outside, at any moment: crashes, stops, rebalances, replays, lost slots, long silence. */
final class Incidents {

    private final World world;
    private final List<Service> services;

    /** @param services the orchestrator first */
    Incidents(World world, List<Service> services) {
        this.world = world;
        this.services = services;
    }

    void begin() {
        if (world.faults().incidentsEvery() > 0) {
            next();
        }
        if (world.faults().silence() > 0) {
            long start = world.chance()
                    .between(0, world.faults().healsAt() - world.faults().silence());
            world.time().at(start, this::silence);
        }
    }

    private void next() {
        long at = world.time().now()
                + world.chance().between(1, 2 * world.faults().incidentsEvery());
        if (at < world.faults().healsAt()) {
            world.time().at(at, () -> {
                happen(world.chance().oneOf(services));
                next();
            });
        }
    }

    private void happen(Service service) {
        var replica = world.chance().oneOf(service.replicas());
        switch (world.chance().index(5)) {
            case 0 -> replica.crash("at any moment");
            case 1 -> replica.stop(world.faults().stoppage());
            case 2 -> service.relay().loseSlot();
            case 3 -> cursor(service).assign();
            default -> cursor(service).replay();
        }
    }

    private Cursor cursor(Service service) {
        return world.chance()
                .oneOf(world.chance().oneOf(service.subscriptions()).cursors());
    }

    /** Nothing is heard of a participant until it wakes up again. */
    private void silence() {
        world.reached(Reached.SERVICE_SILENT);
        var service = services.get(1 + world.chance().index(services.size() - 1));
        service.replicas().forEach(replica -> replica.stop(world.faults().silence()));
    }
}
