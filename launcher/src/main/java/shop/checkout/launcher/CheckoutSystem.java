package shop.checkout.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Sandbox and services on top of PostgreSQL and Kafka: started side by side, stopped services first. */
final class CheckoutSystem implements AutoCloseable {
    /** Far more than a cold start on a slow machine takes. */
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Site site;
    private final Infrastructure infrastructure;
    private final Supervisor sandbox;
    private final Supervisor services;

    /**
     * Where a system lives.
     *
     * @param postgres PostgreSQL's folder
     * @param sandbox the sandbox's folder
     * @param logs a file for each part
     * @param apps what to run, one for each part
     * @param jvm flags of the parts' JVMs that outrank the launcher's
     */
    record Site(
            Path postgres,
            Path sandbox,
            Path logs,
            PortPlan ports,
            Map<Part, App> apps,
            List<String> jvm,
            Purpose purpose) {
        Site {
            apps = Map.copyOf(apps);
            jvm = List.copyOf(jvm);
        }

        Path log(Part part) {
            return logs.resolve(part.module() + ".log");
        }

        private App app(Part part) {
            var app = apps.get(part);
            if (app == null) {
                throw new IllegalArgumentException("nothing to run for " + part);
            }
            return app;
        }
    }

    CheckoutSystem(
            Site site, Infrastructure infrastructure, RestartPolicy policy, Duration stopLimit, Watcher watcher) {
        this.site = site;
        this.infrastructure = infrastructure;
        this.sandbox = new Supervisor(policy, stopLimit, watcher);
        this.services = new Supervisor(policy, stopLimit, watcher);
    }

    /**
     * Starts everything and waits until all of it does its work.
     *
     * @throws LauncherException when a part cannot be started; {@link #close} is still needed
     */
    void start() {
        var outside = sandbox.start(List.of(program(Part.SANDBOX)), START_LIMIT);
        var programs = Stream.of(Part.values())
                .filter(Part::isService)
                .map(this::program)
                .toList();
        var inside = services.start(programs, START_LIMIT);
        infrastructure.kafka(); // comes up meanwhile
        Supervisor.await(inside);
        Supervisor.await(outside);
    }

    /** Stops the services, then the sandbox; also when they are still starting. */
    @Override
    public void close() {
        services.close();
        sandbox.close();
    }

    private Program program(Part part) {
        var app = site.app(part);
        var arguments = part.isService() ? serviceArguments(part) : sandboxArguments();
        var environment = part.isService()
                ? Map.of("SPRING_DATASOURCE_PASSWORD", infrastructure.postgres().password())
                : Map.<String, String>of();
        return new Program(
                part.module(),
                () -> Stream.concat(app.command(site.purpose(), site.jvm()).stream(), arguments.stream())
                        .toList(),
                environment,
                site.ports().readiness(part),
                site.log(part));
    }

    private List<String> sandboxArguments() {
        return List.of("--port=" + site.ports().port(Part.SANDBOX), "--data=" + site.sandbox());
    }

    private List<String> serviceArguments(Part part) {
        var postgres = infrastructure.postgres();
        var arguments = new ArrayList<>(List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + site.ports().port(part),
                "--management.server.address=127.0.0.1",
                "--management.server.port=" + site.ports().managementPort(part),
                "--spring.datasource.url=" + postgres.jdbcUrl(part.database()),
                "--spring.datasource.username=" + postgres.username(),
                "--spring.kafka.bootstrap-servers=" + infrastructure.kafkaAddress(),
                // Kafka may still be starting, and after a crash read all it has first
                "--spring.kafka.admin.operation-timeout=" + START_LIMIT,
                "--spring.kafka.admin.properties[default.api.timeout.ms]=" + START_LIMIT.toMillis()));
        var outside = site.ports().url(Part.SANDBOX);
        switch (part) {
            case PAYMENT -> arguments.add("--checkout.payment.gateway.url=" + outside);
            case SHIPPING -> arguments.add("--checkout.shipping.carrier.url=" + outside);
            case ORCHESTRATOR, INVENTORY, SANDBOX -> {}
        }
        return List.copyOf(arguments);
    }
}
