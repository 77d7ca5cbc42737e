package shop.checkout.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happens in whatever order: all done or all undone, and always something that moves an open saga. */
class SagaExplorationTest {

    private static final SagaDefinition<Trip> IN_A_ROW = definition("trip-in-a-row", Trip.hotel(), Trip.flight());
    private static final SagaDefinition<Trip> SIDE_BY_SIDE =
            definition("trip-side-by-side", Stage.together(Trip.hotel(), Trip.flight()));
    private static final SagaDefinition<Trip> WITH_PIVOT =
            definition("trip-with-pivot", Trip.hotel(), Trip.capture(), Trip.mail());

    @Test
    void holdsForStepsInARow() {
        assertThat(explore(IN_A_ROW, 2)).containsOnlyKeys(SagaStatus.values());
    }

    @Test
    void holdsForStepsSideBySide() {
        assertThat(explore(SIDE_BY_SIDE, 1)).containsOnlyKeys(SagaStatus.values());
    }

    @Test
    void holdsWithAPivotAndARetriableStep() {
        assertThat(explore(WITH_PIVOT, 2)).containsOnlyKeys(SagaStatus.values());
    }

    @Test
    void holdsWithAllOfThem() {
        assertThat(explore(Trip.V1, 1)).containsOnlyKeys(SagaStatus.values());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    UNANSWERED_NOT_UNDONE,       rejected with something left undone
                    ANY_REPLY_TAKEN_FOR_AWAITED, rejected with something left undone
                    UNDONE_FIRST_STEP_FIRST,     is sent before a later step is undone
                    RETRY_LOST,                  nothing would move an open saga
                    DEAF_WHEN_OVERDUE,           no end can be reached
                    FINAL_STATE_LEFT,            a final state is left
                    """)
    void findsAMachineThatIsWrong(MachineMutant mutant, String fault) {
        var exploration = SagaExploration.of(IN_A_ROW, Trip.ADA, Trip.REPLIES).with(mutant);

        assertThatThrownBy(exploration::run).isInstanceOf(AssertionError.class).hasMessageContaining(fault);
    }

    @Test
    void tellsTheShortestScriptThatLeadsToAFault() {
        var exploration =
                SagaExploration.of(IN_A_ROW, Trip.ADA, Trip.REPLIES).with(MachineMutant.UNDONE_FIRST_STEP_FIRST);

        assertThatThrownBy(exploration::run).hasMessageContaining("""
                        /book-hotel/undo is sent before a later step is undone:
                          the saga starts
                          book-hotel reaches its participant: Booked[room=101]
                          Booked[room=101] to book-hotel arrives
                          time passes, and nobody notices for long
                        """);
    }

    @Test
    void namesTheReplyThatHasNoExample() {
        var replies = List.of(new Trip.BookHotel.Booked("101"));

        assertThatThrownBy(() -> SagaExploration.of(IN_A_ROW, Trip.ADA, replies))
                .hasMessage("book-hotel may be answered by " + Trip.BookHotel.Full.class.getName()
                        + ": give an example of it");
    }

    private static Map<SagaStatus, Integer> explore(SagaDefinition<Trip> definition, int disturbances) {
        return SagaExploration.of(definition, Trip.ADA, Trip.REPLIES)
                .disturbed(disturbances)
                .run();
    }

    @SafeVarargs
    private static SagaDefinition<Trip> definition(String name, Stage<Trip>... stages) {
        return new SagaDefinition<>(name, 1, Trip.class, List.of(stages), Announcement.none());
    }
}
