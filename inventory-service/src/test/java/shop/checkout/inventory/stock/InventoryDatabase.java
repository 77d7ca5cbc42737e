package shop.checkout.inventory.stock;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.consumer.BatchHandler;
import shop.checkout.consumer.NotYet;
import shop.checkout.cost.CountingDataSource;
import shop.checkout.inbox.Inbox;
import shop.checkout.inventory.TestMessages;
import shop.checkout.message.Message;
import shop.checkout.message.SagaId;
import shop.checkout.outbox.Outbox;
import shop.checkout.participant.Participants;
import shop.checkout.servers.TestServers;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Traces;

/** The service's messaging on a real database of its own, without Kafka and Spring. */
final class InventoryDatabase implements AutoCloseable {

    private final HikariDataSource pool;
    private final CountingDataSource dataSource;
    private final BatchHandler commands;
    private final BatchHandler events;

    InventoryDatabase() {
        var config = new HikariConfig();
        config.setJdbcUrl(TestServers.shared().freshDatabase());
        config.setUsername(TestServers.shared().postgres().username());
        config.setPassword(TestServers.shared().postgres().password());
        config.setAutoCommit(false);
        pool = new HikariDataSource(config);
        Flyway.configure().dataSource(pool).load().migrate();
        dataSource = new CountingDataSource(pool);
        var codec = Codec.ofCatalogue();
        var clock = new HybridClock(Clock.systemUTC());
        var traces = Traces.off(new Random(1));
        var outbox = new Outbox(jdbc(), codec, clock, traces);
        var participants = new Participants(
                "inventory-service", codec, new Inbox(jdbc(), codec), outbox, clock, traces, count -> {});
        var warehouse = new Warehouse(jdbc(), clock);
        commands = participants
                .subscribe("inventory.commands", InventoryMessaging.commands(warehouse))
                .handler();
        events = participants
                .subscribe("checkout.events", InventoryMessaging.events(warehouse))
                .handler();
    }

    JdbcTemplate jdbc() {
        return new JdbcTemplate(dataSource);
    }

    void stock(String sku, long price, long count) {
        commit(() -> jdbc().update(
                        "insert into stock (sku, name, price, currency, initial, available) values (?, ?, ?, 'EUR', ?, ?)",
                        sku,
                        sku,
                        price,
                        count,
                        count));
    }

    /** A poll of commands, in one transaction; returns why some of them cannot be handled yet. */
    List<String> take(List<ConsumerRecord<String, byte[]>> batch) {
        var notYet = new ArrayList<NotYet>();
        commit(() -> notYet.addAll(commands.handle(batch)));
        return notYet.stream().map(NotYet::reason).toList();
    }

    void hear(List<ConsumerRecord<String, byte[]>> batch) {
        commit(() -> events.handle(batch));
    }

    int statementsSinceLast() {
        return dataSource.countSinceLast();
    }

    /** The replies to a saga: wire name and send number. */
    List<String> replies(SagaId saga) {
        return texts(
                "select type || ' ' || send from outbox where aggregateid = ?::uuid order by hlc", saga.toString());
    }

    List<String> texts(String sql, Object... arguments) {
        return jdbc().query(sql, (row, _) -> String.valueOf(row.getString(1)), arguments);
    }

    /** Of a product: available, reserved, sold. */
    String counts(String sku) {
        return texts("select available || ' ' || reserved || ' ' || sold from stock where sku = ?", sku)
                .getFirst();
    }

    /** Rows that break a rule of the books; none if the stock is whole and the ledger tells how it came about. */
    List<String> faults() {
        return texts("""
                select s.sku || ': ' || s.available || ' + ' || s.reserved || ' + ' || s.sold || ' of ' || s.initial
                  from stock s
                  left join (select sku,
                                    coalesce(sum(quantity) filter (where kind = 'RESERVE'), 0) as reserve,
                                    coalesce(sum(quantity) filter (where kind = 'RELEASE'), 0) as release,
                                    coalesce(sum(quantity) filter (where kind = 'SELL'), 0) as sell,
                                    coalesce(sum(quantity) filter (where kind = 'RESTOCK'), 0) as restock
                               from stock_ledger group by sku) l on l.sku = s.sku
                  left join (select sku, sum(quantity) as held
                               from reservation_line join reservation using (order_id)
                              where state = 'RESERVED' group by sku) r on r.sku = s.sku
                 where s.available + s.reserved + s.sold <> s.initial + coalesce(l.restock, 0)
                    or s.reserved <> coalesce(l.reserve - l.release - l.sell, 0)
                    or s.reserved <> coalesce(r.held, 0)
                    or s.sold <> coalesce(l.sell, 0)
                    or s.restocked <> coalesce(l.restock, 0)
                """);
    }

    static List<ConsumerRecord<String, byte[]>> batch(List<Message> messages) {
        return messages.stream().map(TestMessages::asArrived).toList();
    }

    private void commit(Runnable work) {
        new TransactionTemplate(new JdbcTransactionManager(dataSource)).executeWithoutResult(status -> work.run());
    }

    @Override
    public void close() {
        pool.close();
    }
}
