package shop.checkout.orchestrator.api;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import shop.checkout.message.SagaId;

/**
 * Answers about sagas of one kind, held as long as clients wish and allow.
 *
 * @param <V> how they are shown
 */
final class HeldAnswers<V extends SagaShown> {

    private final SagaWatch<V> watch;
    private final Function<SagaId, V> find;

    HeldAnswers(SagaWatch<V> watch, Function<SagaId, V> find) {
        this.watch = watch;
        this.find = find;
    }

    /** To a start: 202 as soon as it is durable; 200 if the client waits and it ends meanwhile. */
    ResponseEntity<V> started(V started, Optional<WaitPreference> wait, URI location) {
        var view = wait.map(it -> waitFor(started, it, HeldAnswers::hasEnded)).orElse(started);
        var answer = ResponseEntity.status(
                        wait.isPresent() && view.status().isFinal() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(location)
                .eTag(view.etag())
                .cacheControl(CacheControl.noStore());
        wait.ifPresent(it -> answer.header(WaitPreference.APPLIED_HEADER, it.applied()));
        return answer.body(view);
    }

    /** With a wait: not before it has ended or, if the client knows an ETag, before it is another one. */
    ResponseEntity<V> shown(V found, Optional<WaitPreference> wait, List<String> knownTags) {
        var view =
                wait.map(it -> waitFor(found, it, isNewsTo(knownTags, found))).orElse(found);
        return ResponseEntity.ok()
                .eTag(view.etag())
                .cacheControl(CacheControl.noCache().cachePrivate())
                .body(view);
    }

    private V waitFor(V view, WaitPreference wait, Predicate<SagaWatch.Standing> until) {
        if (view.status().isFinal() || until.test(view.standing())) {
            return view;
        }
        return watch.await(view.id(), until, wait.duration()).orElseGet(() -> find.apply(view.id()));
    }

    private static boolean hasEnded(SagaWatch.Standing standing) {
        return standing.status().isFinal();
    }

    private static Predicate<SagaWatch.Standing> isNewsTo(List<String> knownTags, SagaShown found) {
        boolean known = knownTags.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                .anyMatch(found.etag()::equals);
        return known
                ? standing -> standing.revision() != found.revision()
                : knownTags.isEmpty() ? HeldAnswers::hasEnded : standing -> true;
    }
}
