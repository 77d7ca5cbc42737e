package shop.checkout.orchestrator;

import java.util.Arrays;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import shop.checkout.boot.MigrateCommand;
import shop.checkout.boot.ServiceMain;

/**
 * The orchestrator. With the argument {@value DeployCheckCommand#NAME} it only checks whether this build can take over, with
 * {@value MigrateCommand#NAME} it only migrates its database.
 */
@SpringBootApplication
class OrchestratorApplication {

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(DeployCheckCommand.NAME)) {
            System.exit(DeployCheckCommand.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
        }
        ServiceMain.run(OrchestratorApplication.class, arguments);
    }
}
