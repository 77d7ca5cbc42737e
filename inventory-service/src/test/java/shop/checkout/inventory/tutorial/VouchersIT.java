package shop.checkout.inventory.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.servers.TestServers;

/** The table of the tutorial, on a real database. */
class VouchersIT {

    private static final ActivateVoucher ACTIVATE = new ActivateVoucher(
            new OrderId(UUID.fromString("0199a000-0000-7000-8000-000000000001")), Money.of("25.00", "EUR"));

    private static final String MIGRATION = """
            -- Vouchers that can be spent.
            create table voucher (
                order_id uuid   not null primary key,
                value    bigint not null check (value > 0),  -- in the smallest unit, such as cents
                currency text   not null
            );
            """;

    private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(
            TestServers.shared().freshDatabase(),
            TestServers.shared().postgres().username(),
            TestServers.shared().postgres().password()));
    private final Vouchers vouchers = new Vouchers(jdbc);

    @Test
    void keepsAVoucherOnceHoweverOftenItIsWritten() {
        jdbc.execute(MIGRATION);

        vouchers.save(Set.of(ACTIVATE));
        vouchers.save(Set.of(ACTIVATE));
        vouchers.save(vouchers.open(List.of()));

        assertThat(jdbc.queryForList("select value || ' ' || currency from voucher", String.class))
                .containsExactly("2500 EUR");
    }
}
