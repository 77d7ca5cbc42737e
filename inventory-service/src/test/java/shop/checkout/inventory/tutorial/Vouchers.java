package shop.checkout.inventory.tutorial;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Received;
import shop.checkout.inventory.tutorial.ActivateVoucher.Activated;
import shop.checkout.jdbc.Columns;
import shop.checkout.message.MessageKey;
import shop.checkout.participant.Answer;
import shop.checkout.participant.CommandHandlers;
import shop.checkout.participant.Workspaces;

/** Makes vouchers worth their value: those of a batch in memory first, then by one statement. */
public final class Vouchers implements Workspaces<Set<ActivateVoucher>> {

    private static final String INSERT = """
            insert into voucher (order_id, value, currency)
            select * from unnest(?::uuid[], ?::bigint[], ?::text[]) as new (order_id, value, currency)
             order by new.order_id
                on conflict do nothing
            """;

    private final JdbcTemplate jdbc;

    Vouchers(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public static CommandHandlers<Set<ActivateVoucher>> handlers(JdbcTemplate jdbc) {
        return CommandHandlers.in(new Vouchers(jdbc)).on(ActivateVoucher.class, Vouchers::activate);
    }

    static Answer<Activated> activate(Set<ActivateVoucher> activated, ActivateVoucher command, MessageKey key) {
        activated.add(command);
        return Answer.now(new Activated());
    }

    @Override
    public Set<ActivateVoucher> open(List<Received<?>> messages) {
        return new LinkedHashSet<>();
    }

    @Override
    public void save(Set<ActivateVoucher> activated) {
        var columns = Columns.of(List.copyOf(activated))
                .text(ActivateVoucher::orderId)
                .bigint(it -> it.value().minorUnits())
                .text(it -> it.value().currency());
        jdbc.update(INSERT, columns.arrays());
    }
}
