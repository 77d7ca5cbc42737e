package shop.checkout.k8s;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What we use of CloudNativePG's {@code Cluster}, of which no Java model is published: the fields of its API reference
 * (cloudnative-pg.io/docs, 1.30), by hand. A field that is not here is refused as unknown.
 */
@SuppressWarnings("NullAway") // Jackson makes it
@JsonDeserialize(using = JsonDeserializer.None.class) // not as a kind that fabric8 does not know
final class PostgresCluster implements HasMetadata {

    private ObjectMeta metadata = new ObjectMeta();
    private String apiVersion = "";
    private String kind = "";
    public Spec spec;

    record Spec(
            String imageName,
            int instances,
            String primaryUpdateStrategy,
            String primaryUpdateMethod,
            Bootstrap bootstrap,
            Managed managed,
            Storage storage,
            @Nullable Storage walStorage,
            ResourceRequirements resources,
            Affinity affinity,
            ReplicationSlots replicationSlots,
            Postgresql postgresql) {}

    record Bootstrap(Initdb initdb) {}

    record Initdb(String database, String owner, SecretName secret) {}

    record SecretName(String name) {}

    record Managed(List<Role> roles) {}

    record Role(String name, String ensure, boolean login, boolean replication, SecretName passwordSecret) {}

    record Storage(String size) {}

    record Affinity(String topologyKey, String podAntiAffinityType) {}

    record ReplicationSlots(int updateInterval, HighAvailability highAvailability) {}

    record HighAvailability(boolean enabled, boolean synchronizeLogicalDecoding) {}

    record Postgresql(
            @Nullable Synchronous synchronous,
            Map<String, String> parameters,

            @JsonProperty("pg_hba") @Nullable List<String> hba) {}

    record Synchronous(String method, int number, String dataDurability) {}

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public void setMetadata(ObjectMeta metadata) {
        this.metadata = metadata;
    }

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    @Override
    public void setApiVersion(String version) {
        this.apiVersion = version;
    }

    @Override
    public String getKind() {
        return kind;
    }

    public void setKind(String kind) {
        this.kind = kind;
    }
}
