package shop.checkout.codec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.UUID;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.ReturnId;
import shop.checkout.contract.Sku;
import shop.checkout.message.SagaId;
import tools.jackson.core.Version;
import tools.jackson.databind.JacksonModule;

/** How the shop's values look in JSON, in messages and HTTP alike: ids and SKUs as text, amounts as decimal text. */
public final class ShopModule extends JacksonModule {

    @Override
    public String getModuleName() {
        return "shop";
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void setupModule(SetupContext context) {
        context.configOverride(BigDecimal.class).setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING));
        context.setMixIn(OrderId.class, UuidValue.class);
        context.setMixIn(ReturnId.class, UuidValue.class);
        context.setMixIn(SagaId.class, UuidValue.class);
        context.setMixIn(Sku.class, TextValue.class);
    }

    private abstract static class UuidValue {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        UuidValue(UUID value) {}

        @JsonValue
        abstract UUID value();
    }

    private abstract static class TextValue {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        TextValue(String value) {}

        @JsonValue
        abstract String value();
    }
}
