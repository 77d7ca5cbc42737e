package shop.checkout.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check sees what it is there to see. */
class BrokenManifestsTest {

    @ParameterizedTest
    @MethodSource("shop.checkout.k8s.Slip#all")
    void aSlipIsSeen(Slip slip) throws Exception {
        var manifests = Overlays.of(slip.overlay());
        var check = slip.check().getDeclaredConstructor().newInstance();
        assertThat(check.faults(manifests)).isEmpty();

        apply(slip, manifests.tree(slip.kind(), slip.name()));

        assertThat(check.faults(manifests)).anySatisfy(it -> assertThat(it).contains(slip.fault()));
    }

    @Test
    void thereIsASlipForEachCheck() {
        var slips = Slip.all().map(Slip::check).map(Class::getName).collect(Collectors.toSet());

        assertThat(Stream.concat(ManifestsTest.CHECKS.stream(), Stream.of(new Production())))
                .allSatisfy(it -> assertThat(slips).contains(it.getClass().getName()));
    }

    private static void apply(Slip slip, ObjectNode tree) throws JsonProcessingException {
        var pointer = JsonPointer.compile(slip.at());
        var parent = tree.at(pointer.head());
        var last = pointer.last();
        assertThat(parent.isContainerNode()).as("there is %s", pointer.head()).isTrue();
        if (slip.value().isEmpty()) {
            assertThat(parent.at(last).isMissingNode())
                    .as("there is %s to take away", pointer)
                    .isFalse();
        }
        JsonNode value = slip.value().isEmpty() ? null : new ObjectMapper().readTree(slip.value());
        switch (parent) {
            case ObjectNode object when value == null -> object.remove(last.getMatchingProperty());
            case ObjectNode object -> object.set(last.getMatchingProperty(), value);
            case ArrayNode array when value == null -> array.remove(last.getMatchingIndex());
            case ArrayNode array -> array.set(last.getMatchingIndex(), value);
            default -> throw new IllegalArgumentException(slip.toString());
        }
    }
}
