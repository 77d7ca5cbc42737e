package shop.checkout.boot;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.random.RandomGenerator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.parking.ParkedMessages;
import shop.checkout.parking.web.ParkedMessageController;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Traces;
import shop.checkout.web.ProblemErrorController;
import shop.checkout.web.ProblemHandler;
import shop.checkout.web.ProblemReportValve;
import shop.checkout.web.TraceIdFilter;

/** Every HTTP API answers failures alike: problem+json with a code and the request's trace id. */
@AutoConfiguration(
        after = MessagingAutoConfiguration.class,
        beforeName = {
            "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration",
            "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class WebAutoConfiguration {

    @Bean
    ProblemHandler problemHandler() {
        return new ProblemHandler();
    }

    @Bean
    ParkedMessageController parkedMessageController(
            JdbcTemplate jdbc, TransactionTemplate transaction, HybridClock clock, MeterRegistry meters) {
        return new ParkedMessageController(new ParkedMessages(jdbc, transaction, clock, meters));
    }

    @Bean
    @ConditionalOnMissingBean(ErrorController.class)
    ProblemErrorController problemErrorController() {
        return new ProblemErrorController();
    }

    @Bean
    FilterRegistrationBean<TraceIdFilter> traceIdFilter(Traces traces, RandomGenerator random) {
        var registration = new FilterRegistrationBean<>(new TraceIdFilter(traces, random));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatSpeaksProblems() {
        return tomcat -> tomcat.addContextCustomizers(context -> {
            if (context.getParent() instanceof org.apache.catalina.core.StandardHost host) {
                host.setErrorReportValveClass(ProblemReportValve.class.getName());
            }
        });
    }
}
