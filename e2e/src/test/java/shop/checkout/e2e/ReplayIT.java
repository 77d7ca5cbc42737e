package shop.checkout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import shop.checkout.e2e.shop.Part;
import shop.checkout.e2e.shop.Quiet;
import shop.checkout.e2e.shop.RunningShop;
import shop.checkout.e2e.shop.SharedShop;

/** Every command and event of all that ran before arrives once more, as after a consumer group was reset. */
@ExtendWith(SharedShop.class)
@Order(8)
class ReplayIT {

    private static final List<Part> SERVICES = List.of(Part.ORCHESTRATOR, Part.INVENTORY, Part.PAYMENT, Part.SHIPPING);

    /** Everything but the relay's own notes. */
    private static final String TABLES = """
            select table_name from information_schema.tables
             where table_schema = 'public' and table_type = 'BASE TABLE'
               and table_name not in ('lease', 'relay_position', 'flyway_schema_history')
            """;

    @Test
    void changesNothingAndAnswersNothing(RunningShop shop) {
        assertThat(Quiet.await(shop)).isTrue();
        var commands = shop.topics().read(topic -> topic.endsWith(".commands") || topic.endsWith(".events"));
        var before = dumps(shop);
        int replies = replies(shop);

        shop.topics().replay(commands);
        Quiet.awaitConsumed(shop);

        assertThat(commands).as("did not test: records replayed").hasSizeGreaterThan(100);
        assertThat(dumps(shop)).isEqualTo(before);
        assertThat(replies(shop)).isEqualTo(replies);
    }

    private static int replies(RunningShop shop) {
        return shop.topics().read(topic -> topic.equals("checkout.replies")).size();
    }

    /** A digest of each table's content, row by row. */
    private static Map<String, String> dumps(RunningShop shop) {
        var dumps = new TreeMap<String, String>();
        for (var part : SERVICES) {
            for (var table : shop.databases().query(part, TABLES, row -> row.getString(1))) {
                dumps.put(part + "." + table, dump(shop, part, table));
            }
        }
        return dumps;
    }

    private static String dump(RunningShop shop, Part part, String table) {
        return shop.databases()
                .query(
                        part,
                        "select count(*) || ' rows, ' || coalesce(md5(string_agg(md5(t::text), '' order by t::text)), '')"
                                + " from \"" + table + "\" t",
                        row -> row.getString(1))
                .getFirst();
    }
}
