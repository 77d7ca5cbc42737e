package shop.checkout.orchestrator.api;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import shop.checkout.message.SagaId;
import shop.checkout.web.ProblemException;

/** Ids of sagas: UUIDv7, so that they sort by birth; each one of this process is greater than the one before. */
public final class SagaIds {

    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();

    SagaId next() {
        return new SagaId(generator.generate());
    }

    /** @throws ProblemException 400 when the text is no UUID */
    public static SagaId parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw ProblemException.of(
                    HttpStatus.BAD_REQUEST,
                    "malformed-id",
                    "The id must be a UUID, as it was answered when it was given.");
        }
        return new SagaId(UUID.fromString(text.toLowerCase(Locale.ROOT)));
    }
}
