package shop.checkout.orchestrator;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.orchestrator.engine.DeployCheck;
import shop.checkout.orchestrator.engine.SagaStock;
import shop.checkout.orchestrator.saga.SagaDefinition;

/**
 * Compares this build's saga definitions with the database that it is to take over, and changes nothing: it neither migrates
 * nor talks to Kafka. The database is configured as for the service.
 */
final class DeployCheckCommand {

    static final String NAME = "deploy-check";

    /** What the check needs, and no more. */
    @ImportAutoConfiguration({DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class})
    @Import(SagaDefinitions.class)
    static class Context {}

    private DeployCheckCommand() {}

    /**
     * @param arguments as for the service
     * @return 0 when this build can be deployed, else 1
     */
    static int run(String... arguments) {
        var application = new SpringApplicationBuilder(Context.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties("logging.level.com.zaxxer.hikari=warn");
        try (var context = application.run(arguments)) {
            var definitions = context.getBeansOfType(SagaDefinition.class).values().stream()
                    .<SagaDefinition<?>>map(it -> it)
                    .toList();
            return print(DeployCheck.of(definitions, new SagaStock(context.getBean(JdbcTemplate.class))));
        }
    }

    @SuppressWarnings("SystemOut") // its output is what it is for
    private static int print(DeployCheck check) {
        check.summary().forEach(System.out::println);
        check.faults().forEach(System.err::println);
        return check.faults().isEmpty() ? 0 : 1;
    }
}
