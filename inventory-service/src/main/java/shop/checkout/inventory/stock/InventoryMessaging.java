package shop.checkout.inventory.stock;

import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.consumer.OwnTopic;
import shop.checkout.consumer.TopicSubscription;
import shop.checkout.contract.Topics;
import shop.checkout.contract.checkout.CheckoutCompleted;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.contract.inventory.ReserveInventory;
import shop.checkout.contract.inventory.Restock;
import shop.checkout.participant.CommandHandlers;
import shop.checkout.participant.Participants;
import shop.checkout.time.HybridClock;

/** What inventory listens to, and who answers. */
@Configuration(proxyBeanMethods = false)
class InventoryMessaging {

    @Bean
    Warehouse warehouse(JdbcTemplate jdbc, HybridClock clock) {
        return new Warehouse(jdbc, clock);
    }

    @Bean
    NewTopic inventoryCommandsTopic() {
        return OwnTopic.named(Topics.INVENTORY_COMMANDS);
    }

    @Bean
    TopicSubscription inventoryCommands(Participants participants, Warehouse warehouse) {
        return participants.subscribe(Topics.INVENTORY_COMMANDS, commands(warehouse));
    }

    /** A completed checkout needs no compensation any more, so it needs no command either: its event is enough. */
    @Bean
    TopicSubscription checkoutEvents(Participants participants, Warehouse warehouse) {
        return participants.subscribe(Topics.CHECKOUT_EVENTS, events(warehouse));
    }

    static CommandHandlers<Shelves> commands(Warehouse warehouse) {
        return CommandHandlers.in(warehouse)
                .on(ReserveInventory.class, Shelves::reserve)
                .on(ReleaseInventory.class, Shelves::release)
                .on(Restock.class, Shelves::restock);
    }

    static CommandHandlers<Shelves> events(Warehouse warehouse) {
        return CommandHandlers.in(warehouse).onEvent(CheckoutCompleted.class, Shelves::sell);
    }
}
