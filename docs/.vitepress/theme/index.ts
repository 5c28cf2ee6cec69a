import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import './palette.css';
import './pages.css';
import './home.css';
import TwoEras from './two-eras.vue';

export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }) => {
    app.component('TwoEras', TwoEras);
  },
} satisfies Theme;
