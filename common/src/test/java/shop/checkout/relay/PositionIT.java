package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

/** The row of the last published position, and what it refuses. */
class PositionIT {

    private static final Republication.Done NOTHING = new Republication.Done(0, "1:1:", "2026-11-24 00:00:00+00");
    private static final LogSequenceNumber FAR = LogSequenceNumber.valueOf("FFFF/0");

    private Connection connection;
    private String slot;

    @BeforeEach
    void open() throws Exception {
        var fixture = new OutboxFixture(1);
        connection = fixture.connect();
        slot = fixture.settings().slot();
    }

    @AfterEach
    void close() throws SQLException {
        new Slot(connection, slot).drop();
        connection.close();
    }

    @Test
    void movesOnWhileTheSlotFollows() throws SQLException {
        var position = new Position(connection, slot, 1);
        position.claim();
        position.begin(new Slot(connection, slot).make(), NOTHING);

        position.advance(FAR, null);

        assertThat(position.claim().orElseThrow().lsn()).isEqualTo(FAR);
    }

    @Test
    void notesNothingThatASlotMadeAnewHasNeverRead() throws SQLException {
        var position = new Position(connection, slot, 1);
        var lost = new Slot(connection, slot).make();
        position.claim();
        position.begin(lost, NOTHING);
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_logical_emit_message(false, 'test', 'what the lost slot would have read')");
        }
        new Slot(connection, slot).drop();
        new Slot(connection, slot).make();

        assertThatThrownBy(() -> position.advance(FAR, null)).hasMessageContaining("is ahead of relay_position");

        assertThat(position.claim().orElseThrow().lsn()).isEqualTo(lost);
    }

    @Test
    void obeysTheNewestLease() throws SQLException {
        var older = new Position(connection, slot, 1);
        older.claim();
        older.begin(new Slot(connection, slot).make(), NOTHING);
        new Position(connection, slot, 2).claim();

        assertThatThrownBy(() -> older.advance(FAR, null)).isInstanceOf(SteppedDown.class);
        assertThatThrownBy(older::claim).isInstanceOf(SteppedDown.class);
    }

    @Test
    void tellsTwoLeadersApartThatStartForTheVeryFirstTime() throws SQLException {
        var older = new Position(connection, slot, 1);
        var newer = new Position(connection, slot, 2);
        var first = new Slot(connection, slot).make();
        assertThat(older.claim()).isEmpty();
        assertThat(newer.claim()).isEmpty();

        assertThatThrownBy(() -> older.begin(first, NOTHING)).isInstanceOf(SteppedDown.class);
        assertThatThrownBy(() -> older.advance(FAR, null)).isInstanceOf(SteppedDown.class);
        newer.begin(first, NOTHING);

        assertThat(newer.claim().orElseThrow().lsn()).isEqualTo(first);
    }
}
