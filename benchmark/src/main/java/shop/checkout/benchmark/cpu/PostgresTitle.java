package shop.checkout.benchmark.cpu;

import java.util.regex.Pattern;

/** What a process of PostgreSQL does, by the title that it gives itself (update_process_title, monitoring-ps). */
final class PostgresTitle {
    static final String BACKENDS = "PostgreSQL backends: ";
    static final String ENDED = BACKENDS + "ended";
    static final String WALSENDERS = "PostgreSQL walsenders";
    static final String OTHERS = "PostgreSQL background";

    private static final String WALSENDER = "postgres: walsender ";
    private static final Pattern BACKEND = Pattern.compile("postgres: \\S+ (\\S+) \\S+\\(\\d+\\) .*");

    private PostgresTitle() {}

    /** Backends by database, walsenders together, and all the others, the postmaster too. */
    static String label(String title) {
        if (title.startsWith(WALSENDER)) {
            return WALSENDERS;
        }
        var backend = BACKEND.matcher(title);
        return backend.matches() ? BACKENDS + backend.group(1) : OTHERS;
    }
}
