package shop.checkout.launcher;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import shop.checkout.embedded.Ports;

/** Who listens where: the base port is the orchestrator's, the others follow; management ports are ten higher. */
record PortPlan(int base) {
    private static final int MANAGEMENT = 10;

    /** A plan of ports that are all free at this moment, below those that PostgreSQL and Kafka take. */
    static PortPlan free() {
        return ThreadLocalRandom.current()
                .ints(1_000, 10_000, 19_900)
                .mapToObj(PortPlan::new)
                .filter(plan -> plan.conflict().isEmpty())
                .findFirst()
                .orElseThrow(() -> new LauncherException("no block of free ports between 10000 and 19900"));
    }

    int port(Part part) {
        return base + part.offset();
    }

    int managementPort(Part part) {
        return port(part) + MANAGEMENT;
    }

    URI url(Part part) {
        return URI.create("http://127.0.0.1:" + port(part));
    }

    /** Answers 200 when the part does its work. */
    URI readiness(Part part) {
        return part.isService()
                ? URI.create("http://127.0.0.1:" + managementPort(part) + "/actuator/health/readiness")
                : url(part).resolve("/health");
    }

    /** A sentence about the first port that somebody else listens on. */
    Optional<String> conflict() {
        return Stream.of(Part.values())
                .flatMap(part -> ports(part).stream()
                        .filter(port -> !Ports.isFree(port))
                        .map(port -> "port " + port + ", meant for " + part.module() + ", is taken"))
                .findFirst();
    }

    private List<Integer> ports(Part part) {
        return part.isService() ? List.of(port(part), managementPort(part)) : List.of(port(part));
    }
}
