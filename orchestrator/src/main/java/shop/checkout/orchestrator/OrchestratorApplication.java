package shop.checkout.orchestrator;

import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The orchestrator. With the argument {@value DeployCheckCommand#NAME} it only checks whether this build can take over. */
@SpringBootApplication
class OrchestratorApplication {

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(DeployCheckCommand.NAME)) {
            System.exit(DeployCheckCommand.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
        }
        SpringApplication.run(OrchestratorApplication.class, arguments);
    }
}
