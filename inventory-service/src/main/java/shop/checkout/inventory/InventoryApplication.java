package shop.checkout.inventory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import shop.checkout.boot.MigrateCommand;

/** The inventory service. With the argument {@value MigrateCommand#NAME} it only migrates its database. */
@SpringBootApplication
public class InventoryApplication {

    public static void main(String[] args) {
        if (MigrateCommand.isAskedBy(args)) {
            MigrateCommand.run(args);
            return;
        }
        SpringApplication.run(InventoryApplication.class, args);
    }
}
