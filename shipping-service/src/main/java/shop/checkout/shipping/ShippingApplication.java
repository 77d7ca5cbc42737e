package shop.checkout.shipping;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import shop.checkout.boot.MigrateCommand;
import shop.checkout.boot.ServiceMain;

/** The shipping service. With the argument {@value MigrateCommand#NAME} it only migrates its database. */
@SpringBootApplication
public class ShippingApplication {

    public static void main(String[] args) {
        ServiceMain.run(ShippingApplication.class, args);
    }
}
