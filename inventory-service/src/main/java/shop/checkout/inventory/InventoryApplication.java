package shop.checkout.inventory;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import shop.checkout.boot.MigrateCommand;
import shop.checkout.boot.ServiceMain;

/** The inventory service. With the argument {@value MigrateCommand#NAME} it only migrates its database. */
@SpringBootApplication
public class InventoryApplication {

    public static void main(String[] args) {
        ServiceMain.run(InventoryApplication.class, args);
    }
}
