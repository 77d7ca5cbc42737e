package shop.checkout.orchestrator.operations;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;

@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {

    @Bean
    Timeline timeline(JdbcTemplate jdbc, Codec codec) {
        return new Timeline(jdbc, codec);
    }

    @Bean
    AuditTrail auditTrail(JdbcTemplate jdbc) {
        return new AuditTrail(jdbc);
    }
}
