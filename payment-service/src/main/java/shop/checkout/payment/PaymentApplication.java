package shop.checkout.payment;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import shop.checkout.boot.MigrateCommand;
import shop.checkout.boot.ServiceMain;

/** The payment service. With the argument {@value MigrateCommand#NAME} it only migrates its database. */
@SpringBootApplication
public class PaymentApplication {

    public static void main(String[] args) {
        ServiceMain.run(PaymentApplication.class, args);
    }
}
