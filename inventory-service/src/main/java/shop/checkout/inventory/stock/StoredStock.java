package shop.checkout.inventory.stock;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Currency;
import org.hibernate.annotations.Immutable;
import shop.checkout.contract.Money;
import shop.checkout.contract.Sku;

/** A row of stock, to read. Counts change through {@link Warehouse} alone, which is why Hibernate never writes them. */
@Entity
@Immutable
@Table(name = "stock")
@SuppressWarnings("NullAway.Init") // filled by Hibernate
class StoredStock {

    @Id
    private String sku;

    private String name;
    private long price;
    private String currency;
    private long available;
    private long reserved;
    private long sold;
    private long restocked;

    StockLevel level() {
        var money = Money.ofMinor(price, Currency.getInstance(currency));
        return new StockLevel(new Sku(sku), name, money, available, reserved, sold, restocked);
    }
}
