package shop.checkout.shipping;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import shop.checkout.boot.MigrateCommand;

/** The shipping service. With the argument {@value MigrateCommand#NAME} it only migrates its database. */
@SpringBootApplication
public class ShippingApplication {

    public static void main(String[] args) {
        if (MigrateCommand.isAskedBy(args)) {
            MigrateCommand.run(args);
            return;
        }
        SpringApplication.run(ShippingApplication.class, args);
    }
}
