package shop.checkout.orchestrator.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.orchestrator.engine.SagaKinds.Name;
import shop.checkout.orchestrator.saga.SagaDefinition;

/** What a database holds of each definition: how many open sagas, and what was promised to them. */
public final class SagaStock {

    private static final String OPEN = """
            select definition as name, version, count(*) as open from saga where wake_at is not null group by definition, version
            """;

    private final JdbcTemplate jdbc;

    public SagaStock(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** How many sagas of each definition have not ended. */
    Map<Name, Long> open() {
        return exists("saga") ? count() : Map.of();
    }

    /** The outline of each definition as it was when it was first used. */
    Map<Name, String> promised() {
        var outlines = new HashMap<Name, String>();
        if (exists("saga_definition")) {
            jdbc.query("select name, version, outline from saga_definition", row -> {
                outlines.put(new Name(row.getString("name"), row.getInt("version")), row.getString("outline"));
            });
        }
        return outlines;
    }

    /** Whether there are sagas of it, open or ended. */
    boolean isStored(Name name) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from saga where definition = ? and version = ?)",
                Boolean.class,
                name.definition(),
                name.version()));
    }

    /** From now on these are promised. An older promise to sagas that are not stored any more is replaced. */
    void promise(List<SagaDefinition<?>> definitions) {
        for (var definition : definitions) {
            jdbc.update("""
                    insert into saga_definition (name, version, outline) values (?, ?, ?)
                        on conflict (name, version) do update set outline = excluded.outline, first_used = now()
                     where saga_definition.outline <> excluded.outline
                    """, definition.name(), definition.version(), definition.outline());
        }
    }

    private Map<Name, Long> count() {
        var counts = new HashMap<Name, Long>();
        jdbc.query(OPEN, row -> {
            counts.put(new Name(row.getString("name"), row.getInt("version")), row.getLong("open"));
        });
        return counts;
    }

    private boolean exists(String table) {
        return Boolean.TRUE.equals(jdbc.queryForObject("select to_regclass(?) is not null", Boolean.class, table));
    }
}
