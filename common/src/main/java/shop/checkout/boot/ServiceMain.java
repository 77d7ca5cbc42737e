package shop.checkout.boot;

import org.springframework.boot.SpringApplication;

/** What the main method of every service does. */
public final class ServiceMain {

    private ServiceMain() {}

    /** Runs the service or, with the argument {@value MigrateCommand#NAME}, only migrates its database. */
    public static void run(Class<?> service, String... arguments) {
        if (MigrateCommand.isAskedBy(arguments)) {
            MigrateCommand.run(arguments);
        } else {
            SpringApplication.run(service, arguments);
        }
    }
}
